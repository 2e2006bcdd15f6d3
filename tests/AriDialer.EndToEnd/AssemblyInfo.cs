using AriDialer.EndToEnd.House;

// One house for all: Asterisk and the web app are costly to start, and two cores carry one call at a time with its browsers.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(TestHouse))]
