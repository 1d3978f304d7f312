create index on article ("accountId");
create index on account (role);
