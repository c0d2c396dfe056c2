using System.Text.Json;
using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_ListDataCatalogs.html</summary>
internal sealed class ListDataCatalogs : AthenaOperation<AthenaPage>
{
    private const int PageMax = 50;
    private static readonly string[] Names = [DataCatalog.Name];

    public override string Name => "ListDataCatalogs";

    protected override AthenaPage Read(JsonMembers members) => AthenaPage.Read(members, PageMax, 2, PageMax);

    protected override Task RunAsync(
        AthenaPage input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        input.Write(answer, "DataCatalogsSummary", Names, (writer, name) =>
        {
            writer.WriteStartObject();
            writer.WriteString("CatalogName", name);
            writer.WriteString("Type", "GLUE");
            writer.WriteEndObject();
        });
        return Task.CompletedTask;
    }
}
