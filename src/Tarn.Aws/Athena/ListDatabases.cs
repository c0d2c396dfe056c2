using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Query.Sources;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_ListDatabases.html</summary>
internal sealed class ListDatabases(ICatalog catalog, ILiveTables live) : AthenaOperation<AthenaPage>
{
    private const int PageMax = 50;

    public override string Name => "ListDatabases";

    protected override AthenaPage Read(JsonMembers members)
    {
        DataCatalog.Read(members, "CatalogName");
        return AthenaPage.Read(members, PageMax, 1, PageMax);
    }

    protected override async Task RunAsync(
        AthenaPage input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var databases = await catalog.ListDatabasesAsync(cancellation);
        var views = live.Databases.Except(databases.Select(database => database.Name))
            .Select(name => new Database { Name = name });
        var all = databases.Concat(views).OrderBy(database => database.Name, StringComparer.Ordinal).ToList();
        input.Write(answer, "DatabaseList", all, MetadataAnswer.Write);
    }
}
