using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Tarn.Catalog;
using Tarn.Console.Api.Sql;
using Tarn.Console.Components.Pages.Sql;
using Tarn.Primitives.Errors;
using Tarn.Query.Executions;
using Tarn.Query.Statements;

namespace Tarn.Console.Components.Pages;

/// <summary>
/// Write, estimate, run and stop SQL, and page through results. A run query is part of the page's address.
/// </summary>
public sealed partial class SqlPage
{
    private const int RowsShown = 100;
    private const int QueriesShown = 12;
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(150);
    private readonly CancellationTokenSource leaving = new();
    private ElementReference editor;
    private IJSObjectReference? script;
    private DotNetObjectReference<SqlPage>? self;
    private string sql = "";

    /// <summary>An execution whose statement and result are shown.</summary>
    [SupplyParameterFromQuery(Name = "query")]
    public string? QueryId { get; set; }

    /// <summary>A statement to begin with.</summary>
    [SupplyParameterFromQuery(Name = "sql")]
    public string? Text { get; set; }

    [Inject]
    private IQueries Queries { get; set; } = null!;

    [Inject]
    private ICatalog Catalog { get; set; } = null!;

    [Inject]
    private IEnumerable<IStatementHandler> Handlers { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IServiceProvider Services { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private IReadOnlyList<string> Databases { get; set; } = ["default"];

    private string Database { get; set; } = "default";

    private IReadOnlyList<QueryExecution> Recent { get; set; } = [];

    private QueryExecution? Execution { get; set; }

    private double Fraction { get; set; }

    private ResultPage? Rows { get; set; }

    private long FirstRow { get; set; }

    private string? Said { get; set; }

    private SqlFault? Fault { get; set; }

    private bool IsUnderWay => Execution?.State is QueryState.Queued or QueryState.Running;

    private TimeSpan Elapsed => Execution is null ? TimeSpan.Zero : Time.GetUtcNow() - Execution.SubmittedAt;

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        leaving.Dispose();
        self?.Dispose();
        if (script is not null)
        {
            try
            {
                await script.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser is gone, and its module with it.
            }
        }
    }

    /// <summary>Runs what stands in the editor; called on Ctrl+Enter.</summary>
    [JSInvokable]
    public async Task RunAsync(string text)
    {
        sql = text;
        await RunTypedAsync();
        StateHasChanged();
    }

    protected override async Task OnInitializedAsync()
    {
        await ListDatabasesAsync();
        await ListAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (QueryId is not null && QueryId != Execution?.Id)
        {
            await OpenAsync(QueryId);
        }
        else if (Text is not null && QueryId is null && Text != sql)
        {
            await WriteAsync(Text);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            self = DotNetObjectReference.Create(this);
            script = await Browser.InvokeAsync<IJSObjectReference>("import", "/" + Assets[App.Root + "js/editor.js"]);
            await script.InvokeVoidAsync("attach", editor, self);
            await script.InvokeVoidAsync("write", editor, sql);
        }
    }

    private async Task RunTypedAsync()
    {
        if (string.IsNullOrWhiteSpace(sql) || IsUnderWay)
        {
            return;
        }

        Show(execution: null);
        try
        {
            if (Handlers.FirstOrDefault(handler => handler.Handles(sql)) is { } handler && !handler.GivesRows(sql))
            {
                Said = await handler.ExecuteAsync(sql, Database, leaving.Token);
                await LearnNamesAsync();
                return;
            }

            var request = new QueryRequest { Sql = sql, Database = Database };
            Show(await Queries.StartAsync(request, leaving.Token));
            Estimate = Execution!.Estimate ?? Estimate;
            Navigation.NavigateTo($"/sql?query={Execution.Id}");
            await FollowAsync(Execution.Id);
        }
        catch (TarnException error)
        {
            Fault = SqlFault.Of(error, sql);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The page was left; the query goes on and is found in the list.
        }
    }

    private async Task StopAsync()
    {
        if (Execution is { } execution)
        {
            await Queries.StopAsync(execution.Id, leaving.Token);
        }
    }

    private async Task OpenAsync(string id)
    {
        try
        {
            var execution = await Queries.FindAsync(id, leaving.Token);
            Show(execution);
            if (execution is null)
            {
                Fault = new SqlFault(null, $"query '{id}' does not exist", null, null, null);
                return;
            }

            Estimate = execution.Estimate;
            Database = execution.Request.Database;
            await WriteAsync(execution.Request.Sql);
            await FollowAsync(id);
        }
        catch (TarnException error)
        {
            Fault = SqlFault.Of(error, sql);
        }
    }

    /// <summary>Shows progress until the execution has ended, then its first rows.</summary>
    private async Task FollowAsync(string id)
    {
        if (IsUnderWay)
        {
            var watch = Progress.Follow(id);
            while (!watch.Completion.IsCompleted && Execution?.Id == id)
            {
                Fraction = watch.Fraction;
                StateHasChanged();
                await Task.WhenAny(watch.Completion, Task.Delay(RefreshInterval, Time, leaving.Token));
                leaving.Token.ThrowIfCancellationRequested();
                var now = await Queries.FindAsync(id, leaving.Token);
                Execution = Execution?.Id == id ? now ?? Execution : Execution;
            }
        }

        if (Execution?.Id != id)
        {
            return;
        }

        Execution = await Queries.FindAsync(id, leaving.Token) ?? Execution;
        Fault = Execution.State == QueryState.Succeeded ? null : SqlFault.Of(Execution);
        if (Execution.State == QueryState.Succeeded)
        {
            await TurnAsync(0);
            if (Execution.StatementType == "DDL")
            {
                await LearnNamesAsync();
            }
        }

        await ListAsync();
    }

    private void Show(QueryExecution? execution)
    {
        (Execution, Rows, Said, Fault, Fraction) = (execution, null, null, null, 0);
    }

    private async Task ListAsync() =>
        Recent = await Queries.ListAsync(workgroup: null, QueriesShown, leaving.Token);

    private async Task WriteAsync(string text)
    {
        sql = text;
        if (script is not null)
        {
            await script.InvokeVoidAsync("write", editor, text);
        }

        if (Estimate is null)
        {
            await EstimateLaterAsync();
        }
    }

    private async Task InsertAsync(string name)
    {
        if (script is not null)
        {
            await script.InvokeVoidAsync("insert", editor, name);
        }
    }
}
