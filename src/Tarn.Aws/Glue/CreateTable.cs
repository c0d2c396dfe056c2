using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Glue;

/// <summary>https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTable.html</summary>
internal sealed class CreateTable(ICatalog catalog, LakeIdentity lake) : GlueOperation<Table>(lake)
{
    public override string Name => "CreateTable";

    protected override Table ReadFields(JsonMembers members)
    {
        var database = members.RequiredText("DatabaseName");
        var table = TableInput.Read(members.Object("TableInput") ?? throw members.Missing("TableInput"), database);
        members.TakeNeutral("PartitionIndexes");
        return table;
    }

    protected override Task RunAsync(
        Table input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation) =>
        catalog.CreateTableAsync(input, cancellation);
}
