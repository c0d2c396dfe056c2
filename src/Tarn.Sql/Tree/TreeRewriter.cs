namespace Tarn.Sql.Tree;

/// <summary>
/// Walks a query and rebuilds what its overrides change. Tables keep their identity, which resolvers go by.
/// </summary>
internal abstract class TreeRewriter
{
    public virtual Query Rewrite(Query query) => query with
    {
        With = [.. query.With.Select(common => common with { Query = Rewrite(common.Query) })],
        Body = Rewrite(query.Body),
        OrderBy = Rewrite(query.OrderBy),
        Offset = Optional(query.Offset),
        Limit = Optional(query.Limit),
    };

    public virtual Expression Rewrite(Expression expression) => expression switch
    {
        Expression.Field field => field with { Value = Rewrite(field.Value) },
        Expression.Unary unary => unary with { Value = Rewrite(unary.Value) },
        Expression.Binary binary => binary with { Left = Rewrite(binary.Left), Right = Rewrite(binary.Right) },
        Expression.Between between => between with
        {
            Value = Rewrite(between.Value), Low = Rewrite(between.Low), High = Rewrite(between.High),
        },
        Expression.InList list => list with { Value = Rewrite(list.Value), Items = Rewrite(list.Items) },
        Expression.InQuery test => test with { Value = Rewrite(test.Value), Query = Rewrite(test.Query) },
        Expression.Quantified test => test with { Value = Rewrite(test.Value), Query = Rewrite(test.Query) },
        Expression.Exists exists => exists with { Query = Rewrite(exists.Query) },
        Expression.Subquery subquery => subquery with { Query = Rewrite(subquery.Query) },
        Expression.Like like => like with
        {
            Value = Rewrite(like.Value), Pattern = Rewrite(like.Pattern), Escape = Optional(like.Escape),
        },
        Expression.IsNull test => test with { Value = Rewrite(test.Value) },
        Expression.Case choice => choice with
        {
            Operand = Optional(choice.Operand),
            Branches = [.. choice.Branches.Select(branch => (Rewrite(branch.When), Rewrite(branch.Then)))],
            Else = Optional(choice.Else),
        },
        Expression.Cast cast => cast with { Value = Rewrite(cast.Value) },
        Expression.Call call => Rewrite(call),
        Expression.Lambda lambda => lambda with { Body = Rewrite(lambda.Body) },
        Expression.ArrayOf array => array with { Items = Rewrite(array.Items) },
        Expression.RowOf row => row with { Items = Rewrite(row.Items) },
        Expression.Subscript subscript => subscript with
        {
            Value = Rewrite(subscript.Value), Index = Rewrite(subscript.Index),
        },
        Expression.AtTimeZone zoned => zoned with { Value = Rewrite(zoned.Value), Zone = Rewrite(zoned.Zone) },
        Expression.JsonPath path => path with
        {
            Input = Rewrite(path.Input),
            Passing = [.. path.Passing.Select(pair => (Rewrite(pair.Value), pair.Name))],
            OnEmpty = Rewrite(path.OnEmpty),
            OnError = Rewrite(path.OnError),
        },
        Expression.JsonObject json => json with
        {
            Members = [.. json.Members.Select(member => (Rewrite(member.Key), Rewrite(member.Value)))],
        },
        Expression.JsonArray json => json with { Items = [.. json.Items.Select(Rewrite)] },
        _ => expression,
    };

    protected virtual Relation Rewrite(Relation relation) => relation switch
    {
        Relation.Derived derived => derived with { Query = Rewrite(derived.Query) },
        Relation.Lateral lateral => lateral with { Query = Rewrite(lateral.Query) },
        Relation.Sample sample => sample with
        {
            Inner = Rewrite(sample.Inner), Percentage = Rewrite(sample.Percentage),
        },
        Relation.Unnest unnest => unnest with { Values = Rewrite(unnest.Values) },
        Relation.Aliased aliased => aliased with { Inner = Rewrite(aliased.Inner) },
        Relation.Join join => join with
        {
            Left = Rewrite(join.Left), Right = Rewrite(join.Right), On = Optional(join.On),
        },
        _ => relation,
    };

    private QueryBody Rewrite(QueryBody body) => body switch
    {
        QueryBody.Select select => select with
        {
            Items = [.. select.Items.Select(item => item with { Value = Optional(item.Value) })],
            From = [.. select.From.Select(Rewrite)],
            Where = Optional(select.Where),
            GroupBy =
            [
                .. select.GroupBy.Select(grouping => grouping with { Sets = [.. grouping.Sets.Select(Rewrite)] }),
            ],
            Having = Optional(select.Having),
            Windows = [.. select.Windows.Select(named => named with { Window = Rewrite(named.Window) })],
        },
        QueryBody.Values values => values with { Rows = [.. values.Rows.Select(Rewrite)] },
        QueryBody.SetOperation operation => operation with
        {
            Left = Rewrite(operation.Left), Right = Rewrite(operation.Right),
        },
        QueryBody.Nested nested => nested with { Query = Rewrite(nested.Query) },
        _ => body,
    };

    private Expression.Call Rewrite(Expression.Call call) => call with
    {
        Arguments = Rewrite(call.Arguments),
        OrderBy = Rewrite(call.OrderBy),
        Filter = Optional(call.Filter),
        Overflow = call.Overflow is null ? null : call.Overflow with { Filler = Optional(call.Overflow.Filler) },
        Over = call.Over is null ? null : Rewrite(call.Over),
    };

    private Window Rewrite(Window window) => window with
    {
        PartitionBy = Rewrite(window.PartitionBy),
        OrderBy = Rewrite(window.OrderBy),
        Frame = window.Frame is null ? null : window.Frame with
        {
            Start = Rewrite(window.Frame.Start),
            End = window.Frame.End is null ? null : Rewrite(window.Frame.End),
        },
    };

    private FrameBound Rewrite(FrameBound bound) => bound with { Offset = Optional(bound.Offset) };

    private JsonInput Rewrite(JsonInput input) => input with { Value = Rewrite(input.Value) };

    private JsonBehavior? Rewrite(JsonBehavior? behavior) =>
        behavior is null ? null : behavior with { Default = Optional(behavior.Default) };

    private Expression? Optional(Expression? expression) => expression is null ? null : Rewrite(expression);

    private IReadOnlyList<Expression> Rewrite(IReadOnlyList<Expression> items) => [.. items.Select(Rewrite)];

    private IReadOnlyList<OrderItem> Rewrite(IReadOnlyList<OrderItem> items) =>
        [.. items.Select(item => item with { Value = Rewrite(item.Value) })];
}
