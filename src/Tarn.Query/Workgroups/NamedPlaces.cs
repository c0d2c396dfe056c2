using Tarn.Query.Writing.Targets;
using Tarn.Sql.Tree;

namespace Tarn.Query.Workgroups;

/// <summary>The locations that a statement names for rows, tables and partitions. Pure.</summary>
internal static class NamedPlaces
{
    private const string LocationTemplate = "storage.location.template";

    public static IReadOnlyList<string> Of(Statement statement) => [.. Named(statement).OfType<string>()];

    private static IEnumerable<string?> Named(Statement statement) => statement switch
    {
        Statement.CreateDatabase create => [create.Location],
        Statement.CreateTable create => Templates(create.Properties).Append(create.Location),
        Statement.CreateTableAs create => [new PropertyReader(create.Properties).Text("external_location")],
        Statement.Unload unload => [unload.Location],
        Statement.AddPartitions add => add.Partitions.Select(partition => partition.Location),
        Statement.SetLocation set => [set.Location],
        Statement.SetTableProperties set => Templates(set.Properties),
        _ => [],
    };

    /// <summary>The folder that a template's places have in common.</summary>
    private static IEnumerable<string?> Templates(IEnumerable<KeyValuePair<string, string>> properties) => properties
        .Where(property => property.Key.Equals(LocationTemplate, StringComparison.OrdinalIgnoreCase))
        .Select(property => property.Value.Split("${")[0])
        .Select(start => start[..(start.LastIndexOf('/') + 1)]);
}
