using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tarn.Commands.S3;

/// <summary>One JSON object a line on standard output, for programs.</summary>
internal static class JsonLines
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write<T>(T row) => Terminal.WriteLine(JsonSerializer.Serialize(row, Options));
}
