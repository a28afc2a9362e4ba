import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** One registry per process. Labels are closed lists (routes, queues, codes), never ids. */
export const registry = new Registry();
registry.setDefaultLabels({ product: 'lianzhen' });
// How late the event loop runs is looked at ten times a second: the library's own hundred cost an idle hub 1 % of a core.
collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });

const counter = (name: string, help: string, labelNames: string[] = []) =>
  new Counter({ name, help, labelNames, registers: [registry] });

export const requestSeconds = new Histogram({
  name: 'hub_http_request_seconds',
  help: 'Duration of HTTP requests',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
  registers: [registry],
});
export const instancesReceived = counter('hub_instances_received_total', 'Instances by door and outcome', [
  'door',
  'outcome',
]);
export const bytesReceived = counter('hub_instance_bytes_received_total', 'Bytes of instances by door', ['door']);
export const jobsDone = counter('hub_jobs_total', 'Jobs by name and outcome', ['job', 'outcome']);
export const associationsOpen = new Gauge({
  name: 'hub_dimse_associations',
  help: 'Open DIMSE associations',
  registers: [registry],
});

type ByNode = Array<{ node: string; value: number }>;
/** A scrape is not held up for longer by whoever is asked. */
const askedWithinMs = 2000;

/**
 * A gauge that is asked for at each scrape, of things that other processes count. Whoever does not answer leaves it without
 * a value: what is known of this process is told all the same, and most of all while something is down.
 */
export const askedByNode = (name: string, help: string, ask: () => Promise<ByNode>, withinMs = askedWithinMs) =>
  new Gauge({
    name,
    help,
    labelNames: ['node'],
    registers: [registry],
    async collect() {
      const late = new Promise<ByNode>((resolve) => setTimeout(() => resolve([]), withinMs).unref());
      const now = await Promise.race([ask().catch((): ByNode => []), late]);
      this.reset();
      for (const { node, value } of now) this.set({ node }, value);
    },
  });
