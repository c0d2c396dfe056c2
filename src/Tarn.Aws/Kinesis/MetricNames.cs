using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>Shard-level metrics by their names, which are those of <see cref="EnhancedMetrics"/>, and ALL.</summary>
internal static class MetricNames
{
    private const string All = "ALL";
    private const int NamesMax = 7;

    private static readonly EnhancedMetrics[] Single =
        [.. Enum.GetValues<EnhancedMetrics>().Where(metric => int.PopCount((int)metric) == 1)];

    /// <summary>The member ShardLevelMetrics.</summary>
    public static EnhancedMetrics Read(JsonMembers members)
    {
        const string Member = "ShardLevelMetrics";
        var names = members.Texts(Member) ?? throw members.Missing(Member);
        if (names.Count is < 1 or > NamesMax)
        {
            var (relation, bound) = names.Count < 1 ? ("greater", 1) : ("less", NamesMax);
            throw KinesisMembers.Violation(
                members,
                Member,
                $"[{string.Join(", ", names)}]",
                $"Member must have length {relation} than or equal to {bound}");
        }

        return names.Aggregate(EnhancedMetrics.None, (metrics, name) => metrics | Parse(members, Member, name));
    }

    public static void Write(Utf8JsonWriter answer, string member, EnhancedMetrics metrics)
    {
        answer.WriteStartArray(member);
        foreach (var metric in Single.Where(metric => metrics.HasFlag(metric)))
        {
            answer.WriteStringValue(metric.ToString());
        }

        answer.WriteEndArray();
    }

    private static EnhancedMetrics Parse(JsonMembers members, string member, string name) =>
        name == All
            ? EnhancedMetrics.All
            : Single.FirstOrDefault(metric => metric.ToString() == name) is var found and not EnhancedMetrics.None
                ? found
                : throw KinesisMembers.Violation(
                    members,
                    member,
                    name,
                    $"Member must satisfy enum value set: [{string.Join(", ", Single)}, {All}]");
}
