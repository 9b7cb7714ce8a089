/** Every kind of expected failure, with the HTTP status that it has in route handlers. */
export const errorStatus = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  INVALID: 422,
  TOO_LARGE: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;
export type MessageValues = Record<string, string | number>;

const defaultMessage: Record<ErrorCode, string> = {
  UNAUTHENTICATED: 'errors.unauthenticated',
  FORBIDDEN: 'errors.forbidden',
  NOT_FOUND: 'errors.notFound',
  CONFLICT: 'errors.conflict',
  INVALID: 'errors.invalid',
  TOO_LARGE: 'errors.tooLarge',
  RATE_LIMITED: 'errors.rateLimited',
  UNAVAILABLE: 'errors.unavailable',
};

/**
 * A failure that the person can act on. `messageKey` is a full key of `messages/` (namespace
 * first); it is translated where the error leaves the server. `data` travels to the caller as is.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly messageKey: string;
  readonly values: MessageValues;
  readonly fieldErrors?: Record<string, string> | undefined;
  readonly data?: unknown;

  constructor(
    code: ErrorCode,
    messageKey?: string,
    values: MessageValues = {},
    extra: { fieldErrors?: Record<string, string>; data?: unknown } = {},
  ) {
    super(`${code}: ${messageKey ?? defaultMessage[code]}`);
    this.name = 'AppError';
    this.code = code;
    this.messageKey = messageKey ?? defaultMessage[code];
    this.values = values;
    this.fieldErrors = extra.fieldErrors;
    this.data = extra.data;
  }
}
