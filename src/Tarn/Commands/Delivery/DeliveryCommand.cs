using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Tarn.Clients;

namespace Tarn.Commands.Delivery;

/// <summary><c>tarn delivery ls|show|flush</c>.</summary>
internal static class DeliveryCommand
{
    public static Command Create() => new("delivery", "See and flush delivery streams.")
    {
        DeliveryListing.Create(), DeliveryShowing.Create(), Flush(),
    };

    public static Argument<string> Name() => new("NAME") { Description = "the delivery stream" };

    public static Option<bool> Json() => new("--json") { Description = "print JSON, as /api/delivery gives it" };

    public static string Path(string name) => $"/api/delivery/{Uri.EscapeDataString(name)}";

    /// <summary>Where its records come from.</summary>
    public static string Source(JsonElement status)
    {
        var source = status.GetProperty("spec").GetProperty("source");
        return source.TryGetProperty("stream", out var stream) ? $"stream {stream.GetString()}" : "put directly";
    }

    /// <summary>A table, a bucket or an endpoint.</summary>
    public static string Target(JsonElement status)
    {
        var destination = status.GetProperty("spec").GetProperty("destination");
        if (destination.TryGetProperty("url", out var url))
        {
            return url.GetString()!;
        }

        return destination.TryGetProperty("table", out var table) && table.ValueKind == JsonValueKind.Object
            ? $"table {table.GetProperty("database").GetString()}.{table.GetProperty("table").GetString()}"
            : $"s3://{destination.GetProperty("output").GetProperty("bucket").GetString()}/";
    }

    private static Command Flush()
    {
        var data = CommonOptions.Data();
        var name = Name();
        var command = new Command(
            "flush", "Deliver everything acknowledged so far, without waiting for the batch.") { name, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var path = Path(parsed.GetRequiredValue(name)) + "/flush";
            var status = await CommandRunner.Error.Status().StartAsync(
                "delivering", _ => console.PostAsync(path, null, cancellation));
            Terminal.WriteLine(
                $"{status.GetProperty("records").GetInt64():N0} records "
                + $"in {status.GetProperty("objects").GetInt64():N0} objects, "
                + $"last {status.GetProperty("last_object").GetString() ?? "none"}");
            return 0;
        });
        return command;
    }
}
