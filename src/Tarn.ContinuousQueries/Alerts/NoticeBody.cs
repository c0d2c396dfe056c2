using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tarn.ContinuousQueries.Definitions;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>A notification as JSON: <c>type</c> and <c>timestamp</c> as Standard Webhooks names them.</summary>
internal static class NoticeBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(AlertSpec alert, AlertEvent told, string id, DateTimeOffset now)
    {
        var state = told.Kind == AlertEventKind.Resolved ? "resolved" : "firing";
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("type", "alert." + state);
            json.WriteString("timestamp", Time(now));
            json.WriteString("id", id);
            json.WriteString("alert", alert.Name);
            json.WriteString("view", $"{alert.Database}.{alert.View}");
            json.WriteString("condition", alert.Condition);
            json.WriteString("state", state);
            json.WriteString("since", Time(told.Row.Since));
            json.WriteBoolean("reminder", told.Kind == AlertEventKind.StillFiring);
            json.WritePropertyName("keys");
            json.WriteRawValue(told.Row.Key);
            json.WritePropertyName("row");
            json.WriteRawValue(told.Current ?? "null");
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
