using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Catalog;
using Tarn.Query.Sources;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_GetDatabase.html</summary>
internal sealed class GetDatabase(ICatalog catalog, ILiveTables live) : AthenaOperation<string>
{
    public override string Name => "GetDatabase";

    protected override string Read(JsonMembers members)
    {
        DataCatalog.Read(members, "CatalogName");
        return members.RequiredText("DatabaseName");
    }

    protected override async Task RunAsync(
        string input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var database = await MetadataAnswer.RequireAsync(catalog, live, input, cancellation);
        answer.WritePropertyName("Database");
        MetadataAnswer.Write(answer, database);
    }
}
