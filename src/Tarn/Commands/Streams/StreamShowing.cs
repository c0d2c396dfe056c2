using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Tarn.Clients;

namespace Tarn.Commands.Streams;

/// <summary><c>tarn stream show NAME</c>.</summary>
internal static class StreamShowing
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var name = StreamCommand.Name();
        var command = new Command("show", """
            Show a stream: settings, shards with their hash keys and where they come from, and consumers.
              tarn stream show scores
            """) { name, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            Show(await console.GetAsync(StreamCommand.Path(parsed.GetRequiredValue(name)), cancellation));
            return 0;
        });
        return command;
    }

    /// <summary>Also what the changing commands print when they are done.</summary>
    public static void Show(JsonElement stream)
    {
        var row = new StreamRow(stream);
        var facts = new Grid().AddColumn().AddColumn();
        Add("stream", row.Name);
        Add("mode", row.Mode);
        Add("retention", row.Retention);
        Add("durability", row.Durability == "os"
            ? "os: answered before fsync, a power failure may take the last second"
            : "disk: fsync before the answer");
        Add("limits", row.Limits);
        Add("faults", row.Faults);
        Add("largest record", $"{stream.GetProperty("max_record_kib").GetInt32():N0} KiB");
        Add("stored", row.Stored);
        foreach (var tag in stream.GetProperty("tags").EnumerateObject())
        {
            Add("tag", $"{tag.Name} = {tag.Value.GetString()}");
        }

        CommandRunner.Output.Write(facts);
        CommandRunner.Output.Write(Shards(stream));
        foreach (var (name, kind, lag) in row.Consumers)
        {
            CommandRunner.Output.MarkupLineInterpolated($"{kind} [bold]{name}[/]: {lag}");
        }

        void Add(string what, string value) => facts.AddRow($"[dim]{what}[/]", Markup.Escape(value));
    }

    private static Table Shards(JsonElement stream)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumns(
            "shard", "state", "hash keys", "share", "from", "records in", "stored");
        foreach (var shard in stream.GetProperty("shards").EnumerateArray())
        {
            var from = Key(shard, "starting_hash_key");
            var to = Key(shard, "ending_hash_key");
            var share = (double)(to - from) / (double)UInt128.MaxValue * 100;
            table.AddRow(
                Text(shard, "shard_id")!,
                State(shard),
                $"{from} to {to}",
                share.ToString("0.##", CultureInfo.InvariantCulture) + " %",
                Origin(shard),
                $"{shard.GetProperty("incoming_records").GetInt64():N0}",
                Sizes.Bytes(shard.GetProperty("stored_bytes").GetInt64()));
        }

        return table;
    }

    private static string State(JsonElement shard) =>
        shard.GetProperty("is_stopped").ValueKind == JsonValueKind.True ? "[red]stopped[/]"
        : Text(shard, "ending_sequence_number") is null ? "open"
        : "[dim]closed[/]";

    private static string Origin(JsonElement shard) => (Text(shard, "parent_shard_id"),
            Text(shard, "adjacent_parent_shard_id")) switch
    {
        (null, _) => "",
        ({ } parent, null) => $"split of {parent}",
        ({ } parent, { } other) => $"merge of {parent} and {other}",
    };

    private static UInt128 Key(JsonElement shard, string name) =>
        UInt128.Parse(Text(shard, name)!, CultureInfo.InvariantCulture);

    private static string? Text(JsonElement shard, string name) => shard.GetProperty(name).GetString();
}
