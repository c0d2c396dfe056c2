using Tarn.ContinuousQueries.Tests.RandomStreams;
using Tarn.ContinuousQueries.Tests.Sinks;
using Tarn.DuckDb;
using Tarn.Storage.Objects;
using Tarn.Streams;

namespace Tarn.ContinuousQueries.Tests.Kills;

/// <summary>Sinks over the killed views: what they put out equals the same SELECT over all records of the log.
/// </summary>
internal static class KillSinks
{
    private const string Bucket = "killed";

    /// <summary>Views whose rows are put into a stream, as new rows or as changes.</summary>
    private static readonly string[] IntoStreams = ["stateless", "tumbling closed", "grouped", "sessions"];

    private static readonly string[] IntoTables = ["stateless", "tumbling closed"];

    public static async Task MakeAsync(KillServer server)
    {
        var objects = server.Get<IObjectStore>();
        if (await objects.FindBucketAsync(Bucket, CancellationToken.None) is null)
        {
            await objects.CreateBucketAsync(Bucket, CancellationToken.None);
        }

        foreach (var view in IntoStreams.Select(ViewOf))
        {
            if (server.Streams.Find(StreamOf(view)) is null)
            {
                var spec = new StreamSpec { Name = StreamOf(view), ShardCount = 2 };
                await server.Streams.CreateAsync(spec, CancellationToken.None);
            }

            await server.RunAsync(
                $"CREATE SINK IF NOT EXISTS {view}_s FROM {view} INTO STREAM '{StreamOf(view)}' FORMAT JSON "
                + "WITH (commit_interval = '15 milliseconds')");
        }

        foreach (var view in IntoTables.Select(ViewOf))
        {
            await server.RunAsync(
                $"CREATE SINK IF NOT EXISTS {view}_t FROM {view} INTO TABLE lake.{view} "
                + $"WITH (location = 's3://{Bucket}/{view}/', commit_interval = '25 milliseconds')");
        }
    }

    public static async Task CheckAsync(
        KillServer server, IDuckDb duckDb, IDuckDbSession batch, DateTime watermark, string what)
    {
        foreach (var kind in IntoStreams)
        {
            var view = ViewOf(kind);
            await SinkOutput.SettleAsync(server.Views, view + "_s");
            var actual = await SinkOutput.OfStreamAsync(
                server.Streams, StreamOf(view), server.Views.Find(view)!.Columns, duckDb);
            var expected = await TextRows.ReadAsync(batch, KindOf(kind).BatchAt(watermark));
            TextRows.AssertEqual(expected, actual, $"stream of {view}, {what}");
        }

        foreach (var kind in IntoTables)
        {
            var view = ViewOf(kind);
            await SinkOutput.SettleAsync(server.Views, view + "_t");
            var actual = await SinkOutput.OfTableAsync(
                server, $"s3://{Bucket}/{view}/", server.Views.Find(view)!.Columns, duckDb);
            var expected = await TextRows.ReadAsync(batch, KindOf(kind).BatchAt(watermark));
            TextRows.AssertEqual(expected, actual, $"table of {view}, {what}");
        }
    }

    private static ViewKind KindOf(string kind) => ViewKinds.Killed.Single(known => known.Name == kind);

    private static string ViewOf(string kind) => KindRun.NameOf(KindOf(kind));

    private static string StreamOf(string view) => view + "-out";
}
