CREATE MATERIALIZED VIEW "article_counts" AS
SELECT a."id" AS "accountId", count(r."id") AS "articles", max(r."publishedAt") AS "lastPublished"
FROM "accounts" a
LEFT JOIN "articles" r ON r."accountId" = a."id"
GROUP BY a."id";

CREATE MATERIALIZED VIEW "tag_counts" AS
SELECT "tagId", count(*) AS "uses" FROM "article_tags" GROUP BY "tagId";
