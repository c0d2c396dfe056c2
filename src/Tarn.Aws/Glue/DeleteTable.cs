using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Glue;

/// <summary>https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteTable.html</summary>
internal sealed class DeleteTable(ICatalog catalog, LakeIdentity lake) : GlueOperation<TableName>(lake)
{
    public override string Name => "DeleteTable";

    protected override TableName ReadFields(JsonMembers members) => TableKey.Read(members, "Name");

    protected override async Task RunAsync(
        TableName input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        await TableKey.FindAsync(catalog, input, cancellation);
        await catalog.DeleteTableAsync(input, cancellation);
    }
}
