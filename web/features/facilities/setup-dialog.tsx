import { Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ApiError } from '../../api/api-error.ts';
import { Failure } from '../../ui/failure.tsx';
import { faultsOf } from './field-errors.ts';
import { useSetupText } from './setup-texts.ts';

interface SetupDialogProps<F> {
  title: string;
  /** The word on the button. */
  act: string;
  note?: string;
  form: FormInstance<F>;
  initialValues: Partial<F>;
  isBusy: boolean;
  error: ApiError | null;
  onSave: (fields: F) => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog that a click beside it does not close; what the hub refuses stands at its field. */
export function SetupDialog<F extends object>(props: SetupDialogProps<F>) {
  const t = useSetupText();
  const { form, error } = props;
  // Said once: whoever has mended a field is not told of it again with the next stroke.
  const said = useRef<ApiError>(null);
  useEffect(() => {
    if (!error || said.current === error) return;
    said.current = error;
    // A path that the form does not have is left to the message below it.
    for (const { path, fault } of faultsOf(error))
      form.setFields([{ name: (path.length === 1 ? path[0] : path) as never, errors: [t(fault)] }]);
  }, [error, form, t]);
  return (
    <Modal
      open
      title={props.title}
      okText={props.act}
      cancelText={t('cancel')}
      confirmLoading={props.isBusy}
      mask={{ closable: false }}
      onOk={form.submit}
      onCancel={props.onClose}
    >
      {props.note && <p className="dialog-note">{props.note}</p>}
      <Form<F>
        form={form}
        layout="vertical"
        requiredMark
        initialValues={props.initialValues as never}
        onFinish={props.onSave}
      >
        {props.children}
      </Form>
      {error && <Failure error={error} />}
    </Modal>
  );
}
