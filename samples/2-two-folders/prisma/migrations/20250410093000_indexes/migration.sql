CREATE INDEX "articles_publishedAt_idx" ON "article"("publishedAt");
CREATE INDEX "article_tags_tagId_idx" ON "article_tags"("tagId");
