-- Each statement, then the message it is refused with, and its hint in brackets.
CREATE ALERT a ON v WHEN s > 1 NOTIFY opps;
--! webhook 'opps' is not in the server's tarn.yaml [did you mean 'ops'?]
CREATE ALERT a ON v WHEN s > 1 NOTIFY pager_duty;
--! webhook 'pager_duty' is not in the server's tarn.yaml [webhooks are desk, ops]
CREATE ALERT a ON v WHEN s > 1 NOTIFY 'https://hooks.example.com/x';
--! line 1:39: a webhook is named here, not addressed [name it under webhooks: in tarn.yaml, and write that name here]
CREATE ALERT a ON v WHEN s > 1 NOTIFY https://hooks.example.com/x;
--! line 1:39: a webhook is named here, not addressed [name it under webhooks: in tarn.yaml, and write that name here]
CREATE ALERT a ON v WHEN s > 1 NOTIFY STREAM 'score';
--! stream 'score' does not exist [did you mean 'scores'?]
CREATE ALERT a ON v WHEN s > 1 NOTIFY STREAM scores;
--! line 1:46: expected the stream's name in single quotes, found 'scores'
CREATE ALERT a ON v WHEN s > 1 NOTIFY ops, ops;
--! line 1:44: webhook 'ops' is notified twice
CREATE ALERT a ON vv WHEN s > 1 NOTIFY ops;
--! materialized view 'vv' does not exist [did you mean 'v'?]
CREATE ALERT a ON other.v WHEN s > 1 NOTIFY ops;
--! materialized view 'v' does not exist [did you mean 'v'?]
CREATE ALERT a ON v WHEN user > 1 NOTIFY ops;
--! user in the condition of alert 'a' is not supported: it changes without the view [say with FOR how long a condition has to hold]
CREATE ALERT a ON v WHEN userid = 'x' NOTIFY ops;
--! materialized view 'v' has no column 'userid' [did you mean 'user_id'?]
CREATE ALERT a ON v WHEN w.s > 1 NOTIFY ops;
--! materialized view 'v' has no column 'w.s' [did you mean 's'?]
CREATE ALERT a ON v WHEN s + n NOTIFY ops;
--! the condition of alert 'a' is BIGINT and not BOOLEAN [compare it with something, such as n > 1000]
CREATE ALERT a ON v WHEN NULL NOTIFY ops;
--! the condition of alert 'a' is INTEGER and not BOOLEAN [compare it with something, such as n > 1000]
CREATE ALERT a ON v WHEN now() > TIMESTAMPTZ '2026-01-01' NOTIFY ops;
--! now() in the condition of alert 'a' is not supported: it changes without the view [say with FOR how long a condition has to hold]
CREATE ALERT a ON v WHEN random() < 0.5 NOTIFY ops;
--! random() in the condition of alert 'a' is not supported: it changes without the view [say with FOR how long a condition has to hold]
CREATE ALERT a ON v WHEN max(s) > 1 NOTIFY ops;
--! max() in the condition of alert 'a' is not supported: it looks at one row of the view [compute it in the view]
CREATE ALERT a ON v WHEN s > (SELECT 1) NOTIFY ops;
--! a subquery in the condition of alert 'a' is not supported: it looks at one row of the view [compute it in the view]
CREATE ALERT a ON v WHEN rank() OVER () = 1 NOTIFY ops;
--! a window in the condition of alert 'a' is not supported: it looks at one row of the view [compute it in the view]
CREATE ALERT a ON v WHEN s > ? NOTIFY ops;
--! parameters in the condition of alert 'a' are not supported [write the value]
CREATE ALERT a ON v WHEN s > 1 WHERE n > 2 NOTIFY ops;
--! the condition: syntax error at or near "WHERE"
CREATE ALERT a ON v WHEN true), (false NOTIFY ops;
--! the condition is not one expression [write it as after WHERE]
CREATE ALERT a ON v WHEN s > 1) FROM v WHERE (s > 1 NOTIFY ops;
--! the condition: syntax error at or near "FROM"
CREATE ALERT a ON v WHEN NOTIFY ops;
--! line 1:26: expected a condition, found 'NOTIFY'
CREATE ALERT a ON v WHEN s > 1;
--! line 1:31: expected NOTIFY, the statement ends
CREATE ALERT a ON v WHEN s > 1 FOR '2 minutes' NOTIFY ops;
--! line 1:36: expected INTERVAL, found ''2 minutes''
CREATE ALERT a ON v WHEN s > 1 FOR INTERVAL '1 month' NOTIFY ops;
--! line 1:45: '1 month' is not an interval of fixed length [months and years differ in length: use days]
CREATE ALERT a ON v WHEN s > 1 NOTIFY ops WITH (repeat = '1 hour');
--! line 1:49: an alert has no option 'repeat' [options are repeat_interval]
CREATE ALERT a ON v WHEN s > 1 NOTIFY ops WITH (repeat_interval = '10 ms');
--! line 1:67: option repeat_interval is an interval of whole milliseconds, at least 1 second, not '10 ms'
CREATE OR REPLACE ALERT IF NOT EXISTS a ON v WHEN s > 1 NOTIFY ops;
--! OR REPLACE and IF NOT EXISTS cannot stand together [leave one of them out]
DROP ALERT a;
--! alert 'a' does not exist
DESCRIBE ALERT a;
--! alert 'a' does not exist
