-- CreateTable
CREATE TABLE "CaseMark" (
    "caseId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "studyInstanceUid" TEXT NOT NULL,
    "mark" JSONB NOT NULL,
    "authorId" UUID NOT NULL,
    "authorName" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CaseMark_pkey" PRIMARY KEY ("caseId","id")
);

-- AddForeignKey
ALTER TABLE "CaseMark" ADD CONSTRAINT "CaseMark_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
