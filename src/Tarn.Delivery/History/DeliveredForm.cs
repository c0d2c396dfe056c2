using System.Globalization;
using Tarn.Delivery.Shards;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.History;

/// <summary>Which delivery streams write records so that they can be had back as they were.</summary>
internal static class DeliveredForm
{
    /// <summary>What every name begins with: the prefix up to its first expression.</summary>
    public static string Fixed(string prefix)
    {
        var expression = prefix.IndexOf("!{", StringComparison.Ordinal);
        return expression < 0 ? prefix : prefix[..expression];
    }

    /// <summary>Throws Unsupported with what of a record is not kept.</summary>
    /// <param name="badRecords">Those that it wrote as failed.</param>
    public static void Check(DeliverySpec spec, long badRecords)
    {
        if (spec.Destination is not ObjectDestination destination || PlanCarrier.TableOf(destination) is null)
        {
            throw Refused(spec, "it does not write into a table", null);
        }

        if (destination.Steps.Count > 0)
        {
            throw Refused(spec, $"its step '{NameOf(destination.Steps[0])}' changes records", null);
        }

        if (destination.Conversion is not null)
        {
            throw Refused(
                spec, "it converts records to Parquet, which keeps the columns of the table only", null);
        }

        if (destination.Form != RecordForm.JsonLines)
        {
            throw Refused(spec, "it writes records as they come, so that one may be part of a line", null);
        }

        if (destination.Partitioning is not null)
        {
            throw Refused(spec, "it parts records by keys out of their content", null);
        }

        if (destination.EventTime is not null && badRecords > 0)
        {
            throw Refused(spec, string.Create(
                CultureInfo.InvariantCulture,
                $"{badRecords:N0} records had no event time, or were no JSON objects, and are not in the table"), null);
        }

        if (((DeliverySource.FromStream)spec.Source).From is { } from)
        {
            throw Refused(spec, $"it left out records that arrived before {from:O}", null);
        }

        var (data, errors) = (Fixed(destination.Output.Prefix), Fixed(destination.Output.ErrorPrefix));
        if (badRecords > 0 && data.StartsWith(errors, StringComparison.Ordinal))
        {
            throw Refused(spec, "failed records lie where its objects do", null);
        }
    }

    public static TarnException Refused(DeliverySpec spec, string reason, string? detail) => new(
        ErrorKind.Unsupported, $"delivery stream '{spec.Name}' does not give records back: {reason}", detail,
        "count from the stream's oldest record alone: leave backfill = 'lake' out");

    private static string NameOf(RecordStep step)
    {
        var name = step.GetType().Name;
        return name.EndsWith("Step", StringComparison.Ordinal) ? name[..^4] : name;
    }
}
