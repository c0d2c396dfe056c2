using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Query.Executions;

namespace Tarn.Aws.Athena;

/// <summary>
/// https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html. A text that is no statement is
/// refused at once with MALFORMED_QUERY, all else fails the execution.
/// </summary>
internal sealed class StartQueryExecution(IQueries queries, LakeIdentity lake) : AthenaOperation<QueryRequest>
{
    public const int QueryBytesMax = 262_144;

    private const int ReuseMinutesMax = 10_080;
    private const int ReuseMinutesUsual = 60;

    public override string Name => "StartQueryExecution";

    /// <summary>The member ClientRequestToken, of 32 to 128 characters; null when absent.</summary>
    public static string? ReadToken(JsonMembers members)
    {
        var token = members.Text("ClientRequestToken");
        return token is null or { Length: >= 32 and <= 128 }
            ? token
            : throw AthenaErrors.Invalid("ClientRequestToken must have 32 to 128 characters");
    }

    protected override QueryRequest Read(JsonMembers members)
    {
        var request = new QueryRequest
        {
            Sql = AthenaErrors.Sized(members, "QueryString", QueryBytesMax), ClientRequestToken = ReadToken(members),
        };
        var context = members.Object("QueryExecutionContext");
        if (context?.Text("Catalog") is { } catalog && !DataCatalog.IsNamed(catalog))
        {
            throw DataCatalog.Missing(catalog);
        }

        return request with
        {
            Database = context?.Text("Database") ?? request.Database,
            OutputLocation = ResultConfiguration.Read(members.Object("ResultConfiguration"), lake),
            Workgroup = members.Text("WorkGroup") ?? request.Workgroup,
            Parameters = ReadParameters(members),
            ReuseMinutesMax = ReadReuse(members.Object("ResultReuseConfiguration")),
        };
    }

    protected override async Task RunAsync(
        QueryRequest input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        try
        {
            queries.CheckSyntax(input.Sql);
        }
        catch (TarnException failure) when (failure.Code == "SYNTAX_ERROR" && input.Parameters is null)
        {
            throw AthenaErrors.Invalid(
                failure.Hint is null ? failure.Message : $"{failure.Message}. {failure.Hint}", "MALFORMED_QUERY");
        }
        catch (TarnException)
        {
            // What is not supported, or is a statement only with its parameters, is told by the execution's end.
        }

        var execution = await queries.StartAsync(input, cancellation);
        answer.WriteString("QueryExecutionId", execution.Id);
    }

    private static IReadOnlyList<string>? ReadParameters(JsonMembers members)
    {
        var parameters = members.Texts("ExecutionParameters");
        if (parameters is { Count: 0 })
        {
            throw AthenaErrors.Invalid("ExecutionParameters must have at least one item");
        }

        foreach (var parameter in parameters ?? [])
        {
            AthenaErrors.Sized("an item of ExecutionParameters", parameter, 1, 1024);
        }

        return parameters;
    }

    private static int? ReadReuse(JsonMembers? configuration)
    {
        if (configuration?.Object("ResultReuseByAgeConfiguration") is not { } byAge)
        {
            return null;
        }

        var isEnabled = byAge.Flag("Enabled") ?? throw byAge.Missing("Enabled");
        var minutes = byAge.Number("MaxAgeInMinutes", 0, ReuseMinutesMax) ?? ReuseMinutesUsual;
        return isEnabled ? minutes : null;
    }
}
