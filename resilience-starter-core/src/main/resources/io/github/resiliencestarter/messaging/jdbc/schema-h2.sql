create table if not exists resilience_dead_letter (
  id              varchar(100) not null primary key,
  arrival         bigint generated always as identity,
  source          varchar(255) not null,
  consumer_group  varchar(255) not null,
  topic_partition integer,
  topic_offset    bigint,
  exchange        varchar(255),
  routing_key     varchar(255),
  message_key     binary large object,
  payload         binary large object,
  headers         binary large object not null,
  exception       varchar(500) not null,
  message         varchar(20000),
  stack_trace     varchar(20000) not null,
  fingerprint     varchar(64) not null,
  attempts        integer not null,
  replay_count    integer not null,
  replay_id       varchar(100),
  first_failed_at timestamp with time zone not null,
  last_failed_at  timestamp with time zone not null,
  status          varchar(20) not null,
  note            varchar(20000),
  parked_at       timestamp with time zone not null,
  changed_at      timestamp with time zone not null,
  owner           varchar(255),
  token           bigint not null,
  leased_until    timestamp with time zone
);
create index if not exists resilience_dead_letter_by_arrival on resilience_dead_letter (arrival);
create index if not exists resilience_dead_letter_by_status on resilience_dead_letter (status, arrival);
create index if not exists resilience_dead_letter_by_cause on resilience_dead_letter
  (source, fingerprint, status, arrival, first_failed_at, last_failed_at);
create table if not exists resilience_dead_letter_action (
  arrival          bigint generated always as identity,
  letter_id        varchar(100) not null,
  done_at          timestamp with time zone not null,
  kind             varchar(20) not null,
  done_by          varchar(255) not null,
  reason           varchar(20000),
  original_payload binary large object,
  foreign key (letter_id) references resilience_dead_letter (id) on delete cascade
);
create index if not exists resilience_dead_letter_action_by_letter on resilience_dead_letter_action
  (letter_id, arrival);
create table if not exists resilience_replay (
  id               varchar(100) not null primary key,
  arrival          bigint generated always as identity,
  of_source        varchar(255),
  of_group         varchar(255),
  of_fingerprint   varchar(64),
  of_status        varchar(20),
  of_replay        varchar(100),
  not_of_replay    varchar(100),
  max_replay_count integer,
  parked_before    timestamp with time zone,
  letter_id        varchar(100),
  per_second       double precision not null,
  canary           boolean not null,
  max_replays      integer not null,
  requested_by     varchar(255) not null,
  reason           varchar(20000),
  status           varchar(20) not null,
  note             varchar(20000),
  sent             bigint not null,
  created_at       timestamp with time zone not null,
  ended_at         timestamp with time zone,
  owner            varchar(255),
  token            bigint not null,
  leased_until     timestamp with time zone
);
create index if not exists resilience_replay_by_arrival on resilience_replay (arrival);
