using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Rules;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Recording.Rules;

public sealed class RuleBookTests
{
    private const string Jane = "+442079460123";

    [Theory]
    // Nothing chosen fits everything; no rule, no decision.
    [InlineData("", "jane>alice", 0)]
    [InlineData("always", "jane>alice", 1)]
    [InlineData("always", "withheld>alice", 1)]
    [InlineData("always", "alice>bob", 1)]
    // A person of ours, on whichever side.
    [InlineData("always alice", "jane>alice", 1)]
    [InlineData("always alice", "alice>jane", 1)]
    [InlineData("always alice", "alice>bob", 1)]
    [InlineData("always alice", "bob>alice", 1)]
    [InlineData("always alice", "jane>bob", 0)]
    // The direction.
    [InlineData("always inbound", "jane>alice", 1)]
    [InlineData("always inbound", "alice>jane", 0)]
    [InlineData("always outbound", "alice>jane", 1)]
    [InlineData("always outbound", "alice>bob", 0)]
    [InlineData("always internal", "alice>bob", 1)]
    [InlineData("always internal", "jane>alice", 0)]
    // The other side's number, never ours; withheld ones and those between people of ours have none.
    [InlineData("always +44", "jane>alice", 1)]
    [InlineData("always +44", "alice>jane", 1)]
    [InlineData("always +4420", "alice>jane", 1)]
    [InlineData("always +4421", "alice>jane", 0)]
    [InlineData("always +1", "jane>alice", 0)]
    [InlineData("always +1", "alice>jane", 0)]
    [InlineData("always +1", "alice>bob", 0)]
    [InlineData("always +44", "withheld>alice", 0)]
    // The team that was called, whoever of it answered, and whoever else.
    [InlineData("always @sales", "jane>alice@sales", 1)]
    [InlineData("always @sales", "jane>@sales", 1)]
    [InlineData("always @sales", "bob>alice@sales", 1)]
    [InlineData("always @sales", "jane>alice@support", 0)]
    [InlineData("always @sales", "jane>alice", 0)]
    [InlineData("always @sales inbound +44", "jane>alice@sales", 1)]
    [InlineData("always @sales internal", "jane>alice@sales", 0)]
    [InlineData("always alice", "jane>alice@sales", 1)]
    [InlineData("always alice", "jane>@sales", 0)]
    // All of it has to fit.
    [InlineData("always alice inbound +44", "jane>alice", 1)]
    [InlineData("always alice inbound +44", "jane>bob", 0)]
    [InlineData("always alice inbound +44", "alice>jane", 0)]
    [InlineData("always alice inbound +49", "jane>alice", 0)]
    // The first that fits decides.
    [InlineData("never bob; always", "jane>alice", 2)]
    [InlineData("never bob; always", "jane>bob", 1)]
    [InlineData("always; never bob", "jane>bob", 1)]
    [InlineData("never +49; demand outbound; always alice", "alice>jane", 2)]
    public void For_Call_IsTheFirstThatFits(string rules, string call, int position)
    {
        var (caller, called, team) = call.Split('>', '@') switch { [var c, var d] => (c, d, null), [var c, var d, var t] => (c, d, t), _ => ("", "", null) };
        var (from, to) = (PartyOf(caller), PartyOf(called));
        var record = new CallRecord
        {
            Id = "call",
            Run = "run",
            Direction = Some.Talk("call", from, to).Direction,
            CallerUserId = from.UserId,
            CallerNumber = from.Number,
            CalleeUserId = to.UserId,
            CalleeNumber = to.Number,
            TeamId = team,
        };

        Assert.Equal(position, BookOf(rules).For(RuledCall.Of(record))?.Position ?? 0);
    }

    [Theory]
    [InlineData("always; never", 1)]
    [InlineData("never; always alice inbound +44", 1)]
    [InlineData("always +44; never +4420", 1)]
    [InlineData("always +4420; never +44", 0)]
    [InlineData("always alice; never bob", 0)]
    [InlineData("always alice; never", 0)]
    [InlineData("always inbound; never", 0)]
    [InlineData("always inbound; never inbound alice", 1)]
    [InlineData("always; never @sales", 1)]
    [InlineData("always @sales; never @sales inbound", 1)]
    [InlineData("always @sales; never @support", 0)]
    [InlineData("always @sales; never", 0)]
    public void Hiding_LastRule_IsAnEarlierOneThatTakesAllItsCalls(string rules, int position)
    {
        var book = BookOf(rules);

        Assert.Equal(position, book.Hiding(book.Rules[^1])?.Position ?? 0);
        Assert.Null(book.Hiding(book.Rules[0]));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("always", null)]
    [InlineData("always 90; never; demand 7", 7)]
    public void ShortestKeepDays_IsOfThoseThatLetGo(string rules, int? days) => Assert.Equal(days, BookOf(rules).ShortestKeepDays);

    private static RuleBook BookOf(string rules) => new(SomeRules.Of(rules, name => name));

    private static CallParty PartyOf(string name) => name switch
    {
        "jane" => new CallParty(null, Jane, "Jane"),
        "withheld" => CallParty.Unknown,
        "" => new CallParty(null, "+12025550110", "Sales"),
        _ => new CallParty(name, "+12025550101", name),
    };
}
