import 'server-only';
import type { AuditAction } from '@/lib/audit/action-names';
import type { Tx } from '@/lib/db';
import type { Prisma } from '@/prisma/generated/client';

export type AuditActor = {
  /** Absent for what the app does by itself. */
  userId: string | null;
  /** Absent for entries of the installation. */
  workspaceId: string | null;
  via: 'session' | 'token';
};

export type AuditEntry = {
  /** domain.verb in the past tense, e.g. example.submitted; each has its sentence. */
  action: AuditAction;
  subjectType: string;
  subjectId?: string;
  /** Ids, counts and enum values. Never texts, names or addresses. */
  data?: Prisma.InputJsonObject;
};

/** Writes entries of the record. Call it in the transaction of the change itself. */
export async function recordAudit(
  tx: Tx,
  actor: AuditActor,
  ...entries: AuditEntry[]
): Promise<void> {
  await tx.auditEvent.createMany({
    data: entries.map((entry) => ({
      workspaceId: actor.workspaceId,
      actorId: actor.userId,
      via: actor.via,
      action: entry.action,
      subjectType: entry.subjectType,
      subjectId: entry.subjectId ?? null,
      data: entry.data ?? {},
    })),
  });
}
