using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tarn.Commands.Streams;

/// <summary>
/// A line per record: arrival in the reader's own time, shard, partition key, payload. JSON is printed on one line,
/// text as text, anything else as base64. What would steer the terminal is written as <c>\u001b</c>: records come from
/// strangers.
/// </summary>
internal sealed class TailPrinter(TextWriter output, bool hasColour, TimeZoneInfo zone) : ITailPrinter
{
    private const string ShardPrefix = "shardId-";

    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly TailColours colours = new(hasColour);

    public void Print(JsonElement record)
    {
        var line = new StringBuilder();
        var arrived = TimeZoneInfo.ConvertTime(record.GetProperty("arrived_at").GetDateTimeOffset(), zone);
        var shard = record.GetProperty("shard_id").GetString()!;
        colours.Dim(line, arrived.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture));
        line.Append("  ");
        colours.Dim(line, Short(shard));
        line.Append("  ");
        colours.Key(line, TerminalText.Safe(record.GetProperty("partition_key").GetString()!));
        line.Append("  ");
        Payload(line, record.GetProperty("data"));
        output.WriteLine(line);
    }

    public void Flush() => output.Flush();

    private void Payload(StringBuilder line, JsonElement data)
    {
        var bytes = data.GetBytesFromBase64();
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var json = new StringBuilder();
            colours.Json(json, document.RootElement);
            line.Append(json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON, or JSON whose strings are no text.
            Text(line, bytes, data.GetString()!);
        }
    }

    private void Text(StringBuilder line, byte[] bytes, string base64)
    {
        try
        {
            line.Append(TerminalText.Safe(StrictUtf8.GetString(bytes)));
        }
        catch (DecoderFallbackException)
        {
            colours.Dim(line, $"{bytes.Length} bytes, base64 ");
            line.Append(base64);
        }
    }

    /// <summary><c>shardId-000000000012</c> as <c>shard 12</c>.</summary>
    private static string Short(string shardId) =>
        shardId.StartsWith(ShardPrefix, StringComparison.Ordinal)
            && long.TryParse(shardId.AsSpan(ShardPrefix.Length), CultureInfo.InvariantCulture, out var number)
            ? $"shard {number}"
            : shardId;
}
