using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;

namespace AriDialer.EndToEnd.Calls;

public sealed class ManyCallsTests(TestHouse house) : CallTest(house)
{
    private static readonly SippPlan Twenty = new(Calls: 20, AtOnce: 20, PerSecond: 20);

    [Fact]
    public async Task TwentyCallsAtOnce_FromAPhoneToTheNetwork_NoneFails()
    {
        var desk = await DeskPhone.OfAsync(House, Person.Alice);
        await using var outside = House.Outside.IsCalledAndAnswers(plan: Twenty);
        await using var calls = desk.Calls(Outside.Customer, talkFor: 3000, Twenty);

        Assert.Equal(20, (await calls.SucceedsAsync()).Successful);
        Assert.Equal(20, (await outside.SucceedsAsync()).Successful);
        var rows = await Supervisor.NewCallsAsync(20);
        Assert.All(rows, row => row.ShouldBe(Person.Alice.Name, "+44 20 7946 0123", "Outbound", "Completed", "cause 16"));
        Assert.Equal(20, rows.Count);
    }

    [Fact]
    public async Task TwentyCallsAtOnce_FromTheNetworkToAPhone_NoneFails()
    {
        var desk = await DeskPhone.OfAsync(House, Person.Alice);
        await using var answering = desk.IsCalledAndAnswers(Twenty);
        await using var calls = House.Outside.CallsAndHangsUp(Person.Alice.Number!, talkFor: 3000, Twenty);

        Assert.Equal(20, (await calls.SucceedsAsync()).Successful);
        Assert.Equal(20, (await answering.SucceedsAsync()).Successful);
        var rows = await Supervisor.NewCallsAsync(20);
        Assert.All(rows, row => row.ShouldBe(Outside.CustomerName, Person.Alice.Name, "Inbound", "Completed", "Ended by the customer, cause 16"));
        Assert.Equal(20, rows.Count);
    }
}
