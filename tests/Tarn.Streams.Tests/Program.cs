using System.Globalization;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Streams.Tests;

/// <summary>
/// The process that <see cref="KillTests"/> kills: appends for ever, and says on standard output what was acknowledged.
/// </summary>
public static class Program
{
    private const int Writers = 6;

    public static async Task Main(string[] arguments)
    {
        await using var server = await Server.StartAsync(arguments[0]);
        var round = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        if (server.Streams.Find("scores") is null)
        {
            await server.Streams.CreateAsync(
                new StreamSpec { Name = "scores", ShardCount = 2 }, CancellationToken.None);
        }

        await Task.WhenAll(Enumerable.Range(0, Writers)
            .Select(writer => AppendForEverAsync(server.Streams, round, writer)));
    }

    private static async Task AppendForEverAsync(IStreams streams, int round, int writer)
    {
        for (var call = 0; ; call++)
        {
            var texts = Enumerable.Range(0, 1 + (call % 40)).Select(i => $"{round}/{writer}/{call}/{i}").ToArray();
            var outcomes = await streams.AppendAsync(
                "scores", [.. texts.Select((text, i) => Lake.Entry(text, $"{i}"))], CancellationToken.None);
            var lines = texts.Zip(outcomes, (text, outcome) =>
                $"{text} {outcome.ShardId} {outcome.SequenceNumber} {outcome.Error?.Message}\n");
            await Console.Out.WriteAsync(string.Concat(lines));
        }
    }
}
