using System.Text.Json.Nodes;
using Tarn.Aws.Firehose;
using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Tests.Coverage;

/// <summary>A member of CreateDeliveryStream's or UpdateDestination's input, as AWS's service model lists it.</summary>
/// <param name="Operation">Of which it is.</param>
/// <param name="Path">Names from the input down; <c>[]</c> ends that of a list.</param>
/// <param name="Values">Of an enum; empty otherwise.</param>
internal sealed record FirehoseMember(string Operation, IReadOnlyList<string> Path, IReadOnlyList<string> Values)
{
    public string Name => string.Join('.', Path);

    private ShapeForm Form => Operation == "UpdateDestination" ? ShapeForm.Update : ShapeForm.Configuration;

    private Shape Input => Shape.Of(
        Operation == "UpdateDestination" ? typeof(UpdateDestinationInput) : typeof(CreateDeliveryStreamInput));

    /// <summary>A line of the list such as <c>UpdateDestination.S3DestinationUpdate.Prefix</c>.</summary>
    public static FirehoseMember Parse(string line)
    {
        var halves = line.Split(" = ");
        var steps = halves[0].Split('.');
        return new FirehoseMember(steps[0], steps[1..], halves.Length > 1 ? halves[1].Split(", ") : []);
    }

    /// <summary>
    /// The records' members on the way to it, from the input down: all of them, or fewer where one refuses all that it
    /// holds, or where the next is not known.
    /// </summary>
    public IReadOnlyList<ShapeMember> Found()
    {
        var found = new List<ShapeMember>();
        var shape = Input;
        foreach (var step in Path)
        {
            if (shape?.Find(step.TrimEnd('[', ']'), Form) is not { } member)
            {
                break;
            }

            found.Add(member);
            shape = member.Shape;
        }

        return found;
    }

    /// <summary>A request in which nothing stands but this member, with a value that is of no member's type.</summary>
    public JsonObject OfWrongType()
    {
        JsonNode value = new JsonArray(new JsonArray(1));
        foreach (var step in Path.Reverse())
        {
            value = new JsonObject
            {
                [step.TrimEnd('[', ']')] = step.EndsWith(']') && value is JsonObject ? new JsonArray(value) : value,
            };
        }

        return (JsonObject)value;
    }
}
