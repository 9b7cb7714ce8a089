-- Webhooks: what happens in a workspace is told to addresses outside, signed and at least once.

CREATE TYPE "WebhookOff" AS ENUM ('admin', 'failing', 'gone');
CREATE TYPE "WebhookDeliveryState" AS ENUM ('waiting', 'delivered', 'failed', 'skipped');

CREATE TABLE "Webhook" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspaceId" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "secret" TEXT NOT NULL,
    "oldSecret" TEXT,
    "oldSecretUntil" TIMESTAMPTZ(6),
    "off" "WebhookOff",
    "offAt" TIMESTAMPTZ(6),
    "failingSince" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Webhook_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Webhook_workspaceId_idx" ON "Webhook"("workspaceId");

CREATE TABLE "WebhookEvent" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspaceId" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WebhookEvent_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "WebhookEvent_workspaceId_at_idx" ON "WebhookEvent"("workspaceId", "at");

CREATE TABLE "WebhookDelivery" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspaceId" UUID NOT NULL,
    "webhookId" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "state" "WebhookDeliveryState" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "resentAfter" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "WebhookDelivery_webhookId_eventId_key" ON "WebhookDelivery"("webhookId", "eventId");
CREATE INDEX "WebhookDelivery_webhookId_id_idx" ON "WebhookDelivery"("webhookId", "id");
CREATE INDEX "WebhookDelivery_eventId_idx" ON "WebhookDelivery"("eventId");

CREATE TABLE "WebhookAttempt" (
    "deliveryId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "status" INTEGER,
    "durationMs" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,

    CONSTRAINT "WebhookAttempt_pkey" PRIMARY KEY ("deliveryId", "number")
);

-- ───────────── Where they belong: nothing crosses a workspace's border, and all goes with it ─────────────

ALTER TABLE "Webhook" ADD CONSTRAINT "Webhook_id_workspace_key" UNIQUE ("id", "workspaceId");
ALTER TABLE "WebhookEvent" ADD CONSTRAINT "WebhookEvent_id_workspace_key" UNIQUE ("id", "workspaceId");

ALTER TABLE "Webhook" ADD CONSTRAINT "Webhook_workspaceId_fkey"
  FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "WebhookEvent" ADD CONSTRAINT "WebhookEvent_workspaceId_fkey"
  FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE;
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_webhookId_fkey"
  FOREIGN KEY ("webhookId", "workspaceId") REFERENCES "Webhook"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_eventId_fkey"
  FOREIGN KEY ("eventId", "workspaceId") REFERENCES "WebhookEvent"("id", "workspaceId") ON DELETE CASCADE;
ALTER TABLE "WebhookAttempt" ADD CONSTRAINT "WebhookAttempt_deliveryId_fkey"
  FOREIGN KEY ("deliveryId") REFERENCES "WebhookDelivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ───────────── What is possible ─────────────

ALTER TABLE "Webhook" ADD CONSTRAINT "Webhook_off_at" CHECK (("off" IS NULL) = ("offAt" IS NULL));
ALTER TABLE "Webhook" ADD CONSTRAINT "Webhook_old_secret_ends" CHECK (("oldSecret" IS NULL) = ("oldSecretUntil" IS NULL));
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_counts" CHECK (
  "attempts" >= 0 AND "resentAfter" BETWEEN 0 AND "attempts");
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_waits_for_a_time" CHECK (
  ("state" = 'waiting') = ("nextAttemptAt" IS NOT NULL));

-- What was sent stays what was signed; rows go with their webhook or when they are old.
DO $do$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['WebhookEvent', 'WebhookAttempt'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_immutable', name);
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'apprentice_app') THEN
      EXECUTE format('REVOKE UPDATE, TRUNCATE ON %I FROM apprentice_app', name);
    END IF;
  END LOOP;
END
$do$;
