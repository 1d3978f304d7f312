create materialized view article_counts as
select a.id as "accountId", count(r.id) as articles
from accounts a
left join articles r on r."accountId" = a.id
group by a.id;

create materialized view accounts_by_role as
select role, count(*) as accounts from accounts group by role;
