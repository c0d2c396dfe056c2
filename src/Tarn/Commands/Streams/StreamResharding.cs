using System.CommandLine;
using Tarn.Clients;

namespace Tarn.Commands.Streams;

/// <summary><c>tarn stream split|merge NAME SHARD</c>.</summary>
internal static class StreamResharding
{
    public static Command Split()
    {
        var data = CommonOptions.Data();
        var name = StreamCommand.Name();
        var shard = new Argument<string>("SHARD") { Description = "the open shard, such as shardId-000000000000" };
        var at = new Option<string?>("--at")
        {
            Description = "first hash key of the upper half (default: the middle)", HelpName = "HASH-KEY",
        };
        var command = new Command("split", """
            Split a shard in two. 'tarn stream set NAME --shards N' splits and merges evenly.
              tarn stream split scores shardId-000000000000
            """) { name, shard, at, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var body = new { shardId = parsed.GetRequiredValue(shard), hashKey = parsed.GetValue(at) };
            StreamShowing.Show(await console.PostAsync(
                StreamCommand.Path(parsed.GetRequiredValue(name), "/split"), body, cancellation));
            return 0;
        });
        return command;
    }

    public static Command Merge()
    {
        var data = CommonOptions.Data();
        var name = StreamCommand.Name();
        var shard = new Argument<string>("SHARD") { Description = "the open shard with the lower hash keys" };
        var adjacent = new Argument<string>("ADJACENT") { Description = "the one whose hash keys follow" };
        var command = new Command("merge", """
            Merge two adjacent shards.
              tarn stream merge scores shardId-000000000001 shardId-000000000002
            """) { name, shard, adjacent, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var body = new
            {
                shardId = parsed.GetRequiredValue(shard), adjacentShardId = parsed.GetRequiredValue(adjacent),
            };
            StreamShowing.Show(await console.PostAsync(
                StreamCommand.Path(parsed.GetRequiredValue(name), "/merge"), body, cancellation));
            return 0;
        });
        return command;
    }
}
