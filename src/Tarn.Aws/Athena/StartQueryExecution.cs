using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Query.Executions;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html</summary>
internal sealed class StartQueryExecution(IQueries queries, LakeIdentity lake) : AthenaOperation<QueryRequest>
{
    private const int QueryBytesMax = 262_144;

    public override string Name => "StartQueryExecution";

    protected override QueryRequest Read(JsonMembers members)
    {
        var sql = members.RequiredText("QueryString");
        if (sql.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(sql) > QueryBytesMax)
        {
            throw AthenaErrors.Invalid($"QueryString must have 1 to {QueryBytesMax} bytes");
        }

        var request = new QueryRequest { Sql = sql, ClientRequestToken = members.Text("ClientRequestToken") };
        var context = members.Object("QueryExecutionContext");
        var catalog = context?.Text("Catalog");
        if (catalog is not null && !catalog.Equals("AwsDataCatalog", StringComparison.OrdinalIgnoreCase))
        {
            throw AthenaErrors.Invalid($"catalog '{catalog}' does not exist: the lake's catalog is AwsDataCatalog");
        }

        request = request with { Database = context?.Text("Database") ?? request.Database };
        request =
            request with { OutputLocation = ResultConfiguration.Read(members.Object("ResultConfiguration"), lake) };
        request = request with { Workgroup = members.Text("WorkGroup") ?? request.Workgroup };
        members.TakeNeutral("ExecutionParameters");
        var reuse = members.Object("ResultReuseConfiguration")?.Object("ResultReuseByAgeConfiguration");
        reuse?.TakeNeutral("Enabled");
        reuse?.Number("MaxAgeInMinutes");
        return request;
    }

    protected override async Task RunAsync(
        QueryRequest input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var execution = await queries.StartAsync(input, cancellation);
        answer.WriteString("QueryExecutionId", execution.Id);
    }
}
