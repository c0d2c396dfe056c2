using Tarn.ContinuousQueries.Tests.RandomStreams;
using Tarn.Streams;

namespace Tarn.ContinuousQueries.Tests.Kills;

/// <summary>One stream and views of different kinds over it.</summary>
internal static class KillViews
{
    public static StreamShape Shape { get; } = new() { Name = "killed", Shards = 2 };

    public static IReadOnlyList<(string Name, ViewKind Kind)> All { get; } =
        [.. ViewKinds.Plain.Select(kind => ("v_" + kind.Name.Replace(' ', '_'), kind))];

    public static async Task MakeAsync(KillServer server)
    {
        if (server.Streams.Find(EventTable.Stream) is null)
        {
            var spec = new StreamSpec { Name = EventTable.Stream, ShardCount = Shape.Shards };
            await server.Streams.CreateAsync(spec, CancellationToken.None);
        }

        await server.RunAsync(EventTable.PlainSource("events"));
        foreach (var (name, kind) in All)
        {
            await server.RunAsync($"CREATE MATERIALIZED VIEW {name} AS {kind.View}");
        }
    }
}
