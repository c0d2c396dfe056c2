using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Catalog;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Glue;

/// <summary>https://docs.aws.amazon.com/glue/latest/webapi/API_GetTables.html</summary>
internal sealed class GetTables(ICatalog catalog, LakeIdentity lake) : GlueOperation<GetTables.Input>(lake)
{
    private const int PageMax = 100;

    public override string Name => "GetTables";

    protected override Input ReadFields(JsonMembers members) =>
        new(members.RequiredText("DatabaseName").ToLowerInvariant(), GluePage.Read(members, PageMax));

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        await TableKey.RequireDatabaseAsync(catalog, input.Database, cancellation);
        var tables = await catalog.ListTablesAsync(input.Database, cancellation);
        input.Page.Write(answer, "TableList", tables, (writer, table) => TableAnswer.Write(writer, table, Lake));
    }

    internal sealed record Input(string Database, GluePage Page);
}
