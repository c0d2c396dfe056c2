using System.Text.Json;
using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_EngineVersion.html</summary>
internal static class EngineVersion
{
    public const string Automatic = "AUTO";
    public const string Three = "Athena engine version 3";

    /// <summary>Takes a version that is spoken here; the others are refused by name.</summary>
    public static void Read(JsonMembers? members)
    {
        var selected = members?.Text("SelectedEngineVersion");
        var effective = members?.Text("EffectiveEngineVersion");
        foreach (var version in new[] { selected, effective })
        {
            if (version is not null and not (Automatic or Three))
            {
                throw AthenaErrors.Invalid($"tarn speaks '{Three}' and not '{version}'");
            }
        }
    }

    public static void Write(Utf8JsonWriter answer)
    {
        answer.WriteStartObject("EngineVersion");
        WriteMembers(answer, Automatic);
        answer.WriteEndObject();
    }

    public static void WriteMembers(Utf8JsonWriter answer, string selected)
    {
        answer.WriteString("SelectedEngineVersion", selected);
        answer.WriteString("EffectiveEngineVersion", Three);
    }
}
