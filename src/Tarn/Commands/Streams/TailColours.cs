using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tarn.Commands.Streams;

/// <summary>Colours of a tail's lines, as the terminal's own sixteen so that they suit light and dark.</summary>
internal sealed class TailColours(bool isOn)
{
    private const string Reset = "\u001b[0m";

    /// <summary>Escapes control characters and leaves letters of all languages readable.</summary>
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Dim(StringBuilder line, string text) => Append(line, "\u001b[2m", text);

    public void Key(StringBuilder line, string text) => Append(line, "\u001b[33m", text);

    /// <summary>The value on one line.</summary>
    public void Json(StringBuilder line, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Members(line, '{', value.EnumerateObject(), '}', member =>
                {
                    Append(line, "\u001b[36m", Quoted(member.Name));
                    line.Append(": ");
                    Json(line, member.Value);
                });
                break;
            case JsonValueKind.Array:
                Members(line, '[', value.EnumerateArray(), ']', item => Json(line, item));
                break;
            case JsonValueKind.String:
                Append(line, "\u001b[32m", Quoted(value.GetString()!));
                break;
            case JsonValueKind.Number:
                Append(line, "\u001b[35m", value.GetRawText());
                break;
            default:
                Append(line, "\u001b[34m", value.GetRawText());
                break;
        }
    }

    private static string Quoted(string text) => TerminalText.Safe(JsonSerializer.Serialize(text, Readable));

    private static void Members<T>(
        StringBuilder line, char open, IEnumerable<T> members, char close, Action<T> write)
    {
        line.Append(open);
        var isFirst = true;
        foreach (var member in members)
        {
            line.Append(isFirst ? "" : ", ");
            write(member);
            isFirst = false;
        }

        line.Append(close);
    }

    private void Append(StringBuilder line, string colour, string text) =>
        _ = isOn ? line.Append(colour).Append(text).Append(Reset) : line.Append(text);
}
