using System.Collections.Immutable;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage.Objects.Buckets;

/// <summary>
/// The table <c>bucket_setting</c>, held in memory too. After every commit that concerns a bucket its documents are
/// read again under a lock, so whichever of two changes is noted last notes what both left.
/// <code>
/// bucket TEXT, setting TEXT (tagging, lifecycle, ...), document TEXT (JSON); key: bucket, setting
/// </code>
/// </summary>
internal sealed class BucketSettings : IBucketSettings
{
    // In the order of the enum; a name that was ever stored never changes.
    private static readonly string[] Names =
    [
        "tagging", "lifecycle", "cors", "policy", "public_access_block", "ownership_controls", "notification",
    ];

    private readonly MetadataDatabase _database;
    private readonly Lock _lock = new();
    private ImmutableDictionary<(string Bucket, string Setting), string> _documents;

    public BucketSettings(MetadataDatabase database)
    {
        _database = database;
        _documents = database.Read(session =>
        {
            using var rows = session.Query("SELECT bucket, setting, document FROM bucket_setting");
            var documents = ImmutableDictionary.CreateBuilder<(string, string), string>();
            while (rows.Read())
            {
                documents.Add((rows.GetString(0), rows.GetString(1)), rows.GetString(2));
            }

            return documents.ToImmutable();
        });
    }

    public string? Find(string bucket, BucketSetting setting) =>
        Volatile.Read(ref _documents).GetValueOrDefault((bucket, Names[(int)setting]));

    public async Task SetAsync(string bucket, BucketSetting setting, string? document, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var name = Names[(int)setting];
        await _database.WriteAsync(session =>
        {
            if (session.Scalar("SELECT 1 FROM bucket WHERE name = $1", bucket) is null)
                throw ObjectErrors.NoSuchBucket(bucket);
            return document is null
                ? session.Execute("DELETE FROM bucket_setting WHERE bucket = $1 AND setting = $2", bucket, name)
                : session.Execute(
                    "INSERT OR REPLACE INTO bucket_setting(bucket, setting, document) VALUES ($1, $2, $3)",
                    bucket, name, document);
        }).ConfigureAwait(false);
        Reload(bucket);
    }

    /// <summary>To be called after a bucket was deleted, with its rows.</summary>
    public void Reload(string bucket)
    {
        lock (_lock)
        {
            var documents = _documents;
            _database.Read(session =>
            {
                foreach (var name in Names)
                {
                    const string Sql = "SELECT document FROM bucket_setting WHERE bucket = $1 AND setting = $2";
                    documents = session.Scalar(Sql, bucket, name) is string document
                        ? documents.SetItem((bucket, name), document)
                        : documents.Remove((bucket, name));
                }

                return Names.Length;
            });
            Volatile.Write(ref _documents, documents);
        }
    }
}
