-- AlterTable
ALTER TABLE "client" ADD COLUMN "merged_into" UUID;

-- CreateIndex
CREATE INDEX "client_merged_into_idx" ON "client"("merged_into");

-- AddForeignKey
ALTER TABLE "client" ADD CONSTRAINT "client_merged_into_fkey" FOREIGN KEY ("merged_into") REFERENCES "client"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A client that is one with another is put away, and never one with itself.
ALTER TABLE "client" ADD CONSTRAINT "client_merged_is_archived" CHECK ("merged_into" IS NULL OR ("archived" AND "merged_into" <> "id"));
