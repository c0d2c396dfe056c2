using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Tarn.Clients;

namespace Tarn.Commands.Delivery;

/// <summary><c>tarn delivery show NAME</c>.</summary>
internal static class DeliveryShowing
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var json = DeliveryCommand.Json();
        var name = DeliveryCommand.Name();
        var command = new Command("show", """
            Show a delivery stream: how far it is, every setting, its shards, and columns that its table could have.
              tarn delivery show scores
            """) { name, data, json };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var path = DeliveryCommand.Path(parsed.GetRequiredValue(name));
            var status = await console.GetAsync(path, cancellation);
            if (parsed.GetValue(json))
            {
                Terminal.WriteLine(status.GetRawText());
            }
            else
            {
                Show(status);
            }

            return 0;
        });
        return command;
    }

    private static void Show(JsonElement status)
    {
        var facts = new Grid().AddColumn().AddColumn();
        Add("delivery", status.GetProperty("spec").GetProperty("name").GetString()!);
        Add("from", DeliveryCommand.Source(status));
        Add("to", DeliveryCommand.Target(status));
        Add("delivered", $"{status.GetProperty("records").GetInt64():N0} records"
            + $" in {status.GetProperty("objects").GetInt64():N0} objects");
        Add("failed", $"{status.GetProperty("bad_records").GetInt64():N0} records");
        Add("lag", Sizes.Duration(status.GetProperty("lag_milliseconds").GetInt64()));
        Add("last object", status.GetProperty("last_object").GetString() ?? "none yet");
        if (status.GetProperty("last_error").GetString() is { } error)
        {
            Add("error", error);
        }

        foreach (var (setting, value) in Leaves("", status.GetProperty("spec").GetProperty("destination")))
        {
            Add(setting, value);
        }

        foreach (var tag in status.GetProperty("tags").EnumerateObject())
        {
            Add("tag", $"{tag.Name} = {tag.Value.GetString()}");
        }

        CommandRunner.Output.Write(facts);
        CommandRunner.Output.Write(Shards(status));
        foreach (var column in status.GetProperty("suggested_columns").EnumerateObject())
        {
            CommandRunner.Output.MarkupLineInterpolated(
                $"the table could have the column [bold]{column.Name}[/] {column.Value.GetString()}");
        }

        void Add(string what, string value) => facts.AddRow($"[dim]{Markup.Escape(what)}[/]", Markup.Escape(value));
    }

    /// <summary>Every setting by the path that leads to it; what is not set is left out.</summary>
    private static IEnumerable<(string Setting, string Value)> Leaves(string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return value.EnumerateObject().SelectMany(member => Leaves(
                    path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value));
            case JsonValueKind.Array:
                return value.EnumerateArray().Index().SelectMany(item => Leaves($"{path}[{item.Index}]", item.Item));
            case JsonValueKind.Null:
                return [];
            default:
                return [(path, value.ToString())];
        }
    }

    private static Table Shards(JsonElement status)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumns(
            "shard", "goes to", "next", "records", "failed", "lag", "error");
        foreach (var shard in status.GetProperty("shards").EnumerateArray())
        {
            table.AddRow(
                Markup.Escape(shard.GetProperty("shard_id").GetString()!),
                shard.GetProperty("is_backup").GetBoolean() ? "backup" : "destination",
                shard.GetProperty("next").GetString()!,
                $"{shard.GetProperty("records").GetInt64():N0}",
                $"{shard.GetProperty("bad_records").GetInt64():N0}",
                Sizes.Duration(shard.GetProperty("lag_milliseconds").GetInt64()),
                Markup.Escape(shard.GetProperty("last_error").GetString() ?? ""));
        }

        return table;
    }
}
