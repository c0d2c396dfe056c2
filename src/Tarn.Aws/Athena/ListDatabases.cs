using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Catalog;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_ListDatabases.html</summary>
internal sealed class ListDatabases(ICatalog catalog) : AthenaOperation<AthenaPage>
{
    private const int PageMax = 50;

    public override string Name => "ListDatabases";

    protected override AthenaPage Read(JsonMembers members)
    {
        DataCatalog.Read(members, "CatalogName");
        return AthenaPage.Read(members, PageMax, 1, PageMax);
    }

    protected override async Task RunAsync(
        AthenaPage input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation) =>
        input.Write(
            answer, "DatabaseList", await catalog.ListDatabasesAsync(cancellation), MetadataAnswer.Write);
}
