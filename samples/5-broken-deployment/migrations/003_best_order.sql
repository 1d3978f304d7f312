-- The subquery uses o.customer_id, by which the outer query doesn't group.
CREATE VIEW best_order_by_region AS
SELECT c.region,
       max(o.total_amount) AS best,
       (SELECT k.name FROM customers k WHERE k.id = o.customer_id) AS who
FROM customers c
JOIN orders o ON o.customer_id = c.id
GROUP BY c.region;
