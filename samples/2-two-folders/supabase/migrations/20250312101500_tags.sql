create table tags (
  id serial primary key,
  name text not null
);
