-- What the stream carries, and what is counted while it flows.
CREATE SOURCE scores (
  game_id VARCHAR,
  user_id VARCHAR,
  game VARCHAR,
  score BIGINT,
  played_at TIMESTAMP
) FROM STREAM 'scores' FORMAT JSON;

-- How many games each user has played: the question of the lab.
CREATE MATERIALIZED VIEW games_per_user AS
SELECT user_id, count(*) AS games, max(score) AS best
FROM scores
GROUP BY user_id;

CREATE MATERIALIZED VIEW score_per_minute AS
SELECT date_trunc('minute', played_at) AS minute, count(*) AS games, sum(score) AS score
FROM scores
GROUP BY 1;
