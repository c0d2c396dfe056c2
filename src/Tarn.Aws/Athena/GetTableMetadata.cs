using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Query.Sources;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_GetTableMetadata.html</summary>
internal sealed class GetTableMetadata(ICatalog catalog, ILiveTables live) : AthenaOperation<TableName>
{
    public override string Name => "GetTableMetadata";

    protected override TableName Read(JsonMembers members)
    {
        DataCatalog.Read(members, "CatalogName");
        return new TableName(
            members.RequiredText("DatabaseName").ToLowerInvariant(),
            members.RequiredText("TableName").ToLowerInvariant());
    }

    protected override async Task RunAsync(
        TableName input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        await MetadataAnswer.RequireAsync(catalog, live, input.Database, cancellation);
        var table = await catalog.FindTableAsync(input, cancellation)
            ?? await live.FindAsync(input, cancellation)
            ?? throw AthenaErrors.NoSuchMetadata($"EntityNotFoundException: Entity Not Found: table {input}");
        answer.WritePropertyName("TableMetadata");
        MetadataAnswer.Write(answer, table);
    }
}
