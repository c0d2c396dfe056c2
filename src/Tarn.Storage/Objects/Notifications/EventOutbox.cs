using System.Text;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage.Objects.Notifications;

/// <summary>
/// The table <c>outbox</c>: a row per event and rule that asks for it.
/// <code>
/// id INTEGER (grows with every row, never used again), stream TEXT, rule TEXT, event TEXT (ObjectCreated:Put, ...),
/// time INTEGER (ms since 1970 UTC), bucket TEXT, key BLOB (UTF-8), size INTEGER, etag TEXT, version TEXT
/// (these three null where they do not apply)
/// </code>
/// Bucket, key and rule stand in the row, as they may be gone when it is sent.
/// </summary>
internal sealed class EventOutbox(MetadataDatabase database, BucketNotifications notifications) : IEventOutbox
{
    private const string AddSql = """
        INSERT INTO outbox(stream, rule, event, time, bucket, key, size, etag, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private const string ReadSql = """
        SELECT id, stream, rule, event, time, bucket, key, size, etag, version FROM outbox
        WHERE stream = $1 ORDER BY id LIMIT $2
        """;

    private const string WaitingSql = """
        SELECT stream, waiting, (SELECT time FROM outbox WHERE id = oldest)
        FROM (SELECT stream, COUNT(*) AS waiting, MIN(id) AS oldest FROM outbox GROUP BY stream) ORDER BY stream
        """;

    // One seek per stream.
    private const string StreamsSql = """
        WITH RECURSIVE named(stream) AS (
          SELECT MIN(stream) FROM outbox
          UNION ALL
          SELECT (SELECT MIN(stream) FROM outbox WHERE stream > named.stream) FROM named WHERE stream IS NOT NULL)
        SELECT stream FROM named WHERE stream IS NOT NULL
        """;

    private readonly Channel<bool> _added = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>
    /// Within the transaction that changes the object. Costs a look into memory where the bucket tells nothing.
    /// </summary>
    public void Add(
        SqlSession session, ObjectEvent what, ObjectKey key, long time, long? size, string? etag, string? version)
    {
        if (notifications.Find(key.Bucket) is not { } configuration)
        {
            return;
        }

        foreach (var rule in configuration.Rules.Where(rule => rule.Fits(what, key.Key)))
        {
            session.Execute(
                AddSql, rule.Stream, rule.Id, ObjectEventNames.Of(what), time, key.Bucket,
                Encoding.UTF8.GetBytes(key.Key), size, etag, version);
            _added.Writer.TryWrite(true);
        }
    }

    public IReadOnlyList<string> ListStreams() => database.Read(session =>
    {
        var streams = new List<string>();
        using var rows = session.Query(StreamsSql);
        while (rows.Read())
        {
            streams.Add(rows.GetString(0));
        }

        return streams;
    });

    public IReadOnlyList<WaitingEvents> ListWaiting() => database.Read(session =>
    {
        var waiting = new List<WaitingEvents>();
        using var rows = session.Query(WaitingSql);
        while (rows.Read())
        {
            var oldest = DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2));
            waiting.Add(new WaitingEvents(rows.GetString(0), rows.GetInt64(1), oldest));
        }

        return waiting;
    });

    public IReadOnlyList<WaitingEvent> Read(string stream, int countMax) => database.Read(session =>
    {
        var events = new List<WaitingEvent>();
        using var rows = session.Query(ReadSql, stream, countMax);
        while (rows.Read())
        {
            events.Add(Read(rows));
        }

        return events;
    });

    public Task RemoveAsync(IReadOnlyCollection<long> ids) => database.WriteAsync(
        session => ids.Sum(id => session.Execute("DELETE FROM outbox WHERE id = $1", id)));

    public Task ClearAsync() => database.WriteAsync(session => session.Execute("DELETE FROM outbox"));

    public async Task WaitAsync(CancellationToken cancellation)
    {
        await _added.Reader.ReadAsync(cancellation).ConfigureAwait(false);

        // Rows are added before they are committed. Writes are committed in turn, so when this one is, those are.
        await database.WriteAsync(_ => true).ConfigureAwait(false);
    }

    private static WaitingEvent Read(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        ObjectEventNames.Parse(row.GetString(3)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        new ObjectKey(row.GetString(5), ObjectKeyRules.StrictUtf8.GetString(row.GetFieldValue<byte[]>(6))),
        row.IsDBNull(7) ? null : row.GetInt64(7),
        row.IsDBNull(8) ? null : row.GetString(8),
        row.IsDBNull(9) ? null : row.GetString(9));
}
