using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tarn.Aws.Protocol.Shapes;

/// <summary>What is done with structures that were read: an update is merged in, or they are described.</summary>
internal static class ShapeDocument
{
    /// <summary>What stands, with what the update has in its place. Neither is changed.</summary>
    public static JsonObject Merge(JsonObject standing, JsonObject update, Shape shape)
    {
        var merged = (JsonObject)standing.DeepClone();
        foreach (var (name, value) in update)
        {
            var member = shape.Find(name, ShapeForm.Configuration)!;
            merged[name] = member is { Kind: ShapeKind.Structure, Rules.IsReplaced: false }
                && standing[name] is JsonObject before
                    ? Merge(before, (JsonObject)value!, member.Shape!)
                    : value!.DeepClone();
        }

        return merged;
    }

    /// <summary>Writes a structure as it is described, with the names that its members have there.</summary>
    public static void Describe(Utf8JsonWriter answer, JsonObject document, Shape shape)
    {
        answer.WriteStartObject();
        foreach (var member in shape.Members)
        {
            if (member.Rules.IsHidden || document[member.Name] is not { } value)
            {
                continue;
            }

            answer.WritePropertyName(member.NameIn(ShapeForm.Description));
            switch (member.Kind)
            {
                case ShapeKind.Structure:
                    Describe(answer, (JsonObject)value, member.Shape!);
                    break;
                case ShapeKind.Structures:
                    answer.WriteStartArray();
                    foreach (var item in (JsonArray)value)
                    {
                        Describe(answer, (JsonObject)item!, member.Shape!);
                    }

                    answer.WriteEndArray();
                    break;
                default:
                    value.WriteTo(answer);
                    break;
            }
        }

        answer.WriteEndObject();
    }
}
