create type "Role" as enum ('MEMBER', 'ADMIN');

create table accounts (
  id serial primary key,
  email text not null,
  role "Role" not null default 'MEMBER',
  "createdAt" timestamp(3) not null default current_timestamp
);

create table articles (
  id serial primary key,
  "accountId" integer not null references accounts (id) on update cascade on delete cascade,
  title text not null,
  body text not null,
  "updatedAt" timestamp(3) not null
);

create unique index accounts_email_key on accounts (email);
